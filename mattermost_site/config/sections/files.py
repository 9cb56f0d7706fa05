"""The file store, pictures, import and export."""

from __future__ import annotations

from dataclasses import dataclass

from mattermost_site.config.declaring import setting
from mattermost_site.config.rules import at_least, one_of, required, shortest

STORAGE_CLASSES = (
    "", "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING", "GLACIER", "DEEP_ARCHIVE",
    "OUTPOSTS", "GLACIER_IR", "SNOW", "EXPRESS_ONEZONE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileSettings:
    """The file store: a folder or S3. Sizes in bytes, times in milliseconds."""

    enable_file_attachments: bool = setting("EnableFileAttachments", default=True)
    enable_mobile_upload: bool = setting("EnableMobileUpload", default=True)
    enable_mobile_download: bool = setting("EnableMobileDownload", default=True)
    max_file_size: int = setting("MaxFileSize", default=104857600, rule=at_least(1, "max_file_size"))
    max_image_resolution: int = setting(
        "MaxImageResolution", default=33177600, rule=at_least(1, "max_image_resolution")
    )
    max_image_decoder_concurrency: int = setting(
        "MaxImageDecoderConcurrency", default=-1, rule=at_least(-1, "image_decoder_concurrency")
    )
    driver_name: str = setting("DriverName", default="local", rule=one_of("local", "amazons3", error="file_driver"))
    directory: str = setting("Directory", default="./data/", rule=required("directory"))
    enable_public_link: bool = setting("EnablePublicLink", default=False)
    extract_content: bool = setting("ExtractContent", default=True)
    archive_recursion: bool = setting("ArchiveRecursion", default=False)
    public_link_salt: str = setting("PublicLinkSalt", default="", rule=shortest(32, "file_salt"), secret=True)
    initial_font: str = setting("InitialFont", default="nunito-bold.ttf")
    amazon_s3_access_key_id: str = setting("AmazonS3AccessKeyId", default="")
    amazon_s3_secret_access_key: str = setting("AmazonS3SecretAccessKey", default="", secret=True)
    amazon_s3_bucket: str = setting("AmazonS3Bucket", default="")
    amazon_s3_path_prefix: str = setting("AmazonS3PathPrefix", default="")
    amazon_s3_region: str = setting("AmazonS3Region", default="")
    amazon_s3_endpoint: str = setting("AmazonS3Endpoint", default="s3.amazonaws.com")
    amazon_s3_ssl: bool = setting("AmazonS3SSL", default=True)
    amazon_s3_sign_v2: bool = setting("AmazonS3SignV2", default=False)
    amazon_s3_sse: bool = setting("AmazonS3SSE", default=False)
    amazon_s3_trace: bool = setting("AmazonS3Trace", default=False)
    amazon_s3_request_timeout_milliseconds: int = setting(
        "AmazonS3RequestTimeoutMilliseconds", default=30000, rule=at_least(1, "amazons3_timeout")
    )
    amazon_s3_upload_part_size_bytes: int = setting(
        "AmazonS3UploadPartSizeBytes", default=5242880, rule=at_least(1, "amazons3_part_size")
    )
    amazon_s3_storage_class: str = setting(
        "AmazonS3StorageClass", default="", rule=one_of(*STORAGE_CLASSES, error="storage_class")
    )
    dedicated_export_store: bool = setting("DedicatedExportStore", default=False)
    export_driver_name: str = setting("ExportDriverName", default="local")
    export_directory: str = setting("ExportDirectory", default="./data/")
    export_amazon_s3_access_key_id: str = setting("ExportAmazonS3AccessKeyId", default="")
    export_amazon_s3_secret_access_key: str = setting("ExportAmazonS3SecretAccessKey", default="", secret=True)
    export_amazon_s3_bucket: str = setting("ExportAmazonS3Bucket", default="")
    export_amazon_s3_path_prefix: str = setting("ExportAmazonS3PathPrefix", default="")
    export_amazon_s3_region: str = setting("ExportAmazonS3Region", default="")
    export_amazon_s3_endpoint: str = setting("ExportAmazonS3Endpoint", default="s3.amazonaws.com")
    export_amazon_s3_ssl: bool = setting("ExportAmazonS3SSL", default=True)
    export_amazon_s3_sign_v2: bool = setting("ExportAmazonS3SignV2", default=False)
    export_amazon_s3_sse: bool = setting("ExportAmazonS3SSE", default=False)
    export_amazon_s3_trace: bool = setting("ExportAmazonS3Trace", default=False)
    export_amazon_s3_request_timeout_milliseconds: int = setting(
        "ExportAmazonS3RequestTimeoutMilliseconds", default=30000, rule=at_least(1, "export_amazons3_timeout")
    )
    export_amazon_s3_presign_expires_seconds: int = setting(
        "ExportAmazonS3PresignExpiresSeconds", default=21600, rule=at_least(1, "export_amazons3_presign_expires")
    )
    export_amazon_s3_upload_part_size_bytes: int = setting(
        "ExportAmazonS3UploadPartSizeBytes", default=104857600, rule=at_least(1, "export_amazons3_part_size")
    )
    export_amazon_s3_storage_class: str = setting(
        "ExportAmazonS3StorageClass", default="", rule=one_of(*STORAGE_CLASSES, error="export_storage_class")
    )


@dataclass(frozen=True, slots=True)
class ImageProxySettings:
    """How pictures of other sites are fetched."""

    enable: bool = setting("Enable", default=False)
    image_proxy_type: str = setting("ImageProxyType", default="local")
    remote_image_proxy_url: str = setting("RemoteImageProxyURL", default="")
    remote_image_proxy_options: str = setting("RemoteImageProxyOptions", default="")


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """Uploaded import files."""

    directory: str = setting("Directory", default="./import", rule=required("import.directory"))
    retention_days: int = setting("RetentionDays", default=30, rule=at_least(0, "import.retention_days_too_low"))


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """Export files."""

    directory: str = setting("Directory", default="./export", rule=required("export.directory"))
    retention_days: int = setting("RetentionDays", default=30, rule=at_least(0, "export.retention_days_too_low"))
