"""The file store in a bucket of Amazon S3, or of a server that speaks its protocol."""

from __future__ import annotations

from typing import IO, Any

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError
from storages.backends.s3 import S3Storage
from storages.utils import clean_name

from mattermost_site.config.sections.files import FileSettings

SPOOL = 1024 * 1024  # bytes of an object that is opened whole which stay in memory
AMAZON = "s3.amazonaws.com"


def s3_options(file: FileSettings) -> dict[str, Any]:
    """The options of ``S3Store`` that follow from the settings."""
    parameters = {"StorageClass": file.amazon_s3_storage_class} if file.amazon_s3_storage_class else {}
    if file.amazon_s3_sse:
        parameters["ServerSideEncryption"] = "AES256"
    scheme = "https" if file.amazon_s3_ssl else "http"
    is_amazon = file.amazon_s3_endpoint in ("", AMAZON) and file.amazon_s3_ssl
    return {
        # Without keys, those of the machine's role count, as with the other server.
        "access_key": file.amazon_s3_access_key_id or None,
        "secret_key": file.amazon_s3_secret_access_key or None,
        "bucket_name": file.amazon_s3_bucket,
        "location": file.amazon_s3_path_prefix.strip("/"),
        "region_name": file.amazon_s3_region or None,
        "endpoint_url": None if is_amazon else f"{scheme}://{file.amazon_s3_endpoint or AMAZON}",
        "use_ssl": file.amazon_s3_ssl,
        "object_parameters": parameters,
        "file_overwrite": True,
        "max_memory_size": SPOOL,
        "client_config": _client_config(file, is_amazon=is_amazon),
        "transfer_config": TransferConfig(
            multipart_threshold=file.amazon_s3_upload_part_size_bytes,
            multipart_chunksize=file.amazon_s3_upload_part_size_bytes,
            use_threads=False,
        ),
    }


def _client_config(file: FileSettings, *, is_amazon: bool) -> Config:
    timeout = file.amazon_s3_request_timeout_milliseconds / 1000
    return Config(
        signature_version="s3" if file.amazon_s3_sign_v2 else "s3v4",
        # Buckets as host names need a wildcard in DNS, which servers other than Amazon's seldom have.
        s3={"addressing_style": "auto" if is_amazon else "path"},
        connect_timeout=timeout,
        read_timeout=timeout,
        # Newer botocore adds checksums to every request, in a form that other servers refuse.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )


class S3Store(S3Storage):  # type: ignore[misc]
    """A bucket; parts of its objects are read without fetching the whole."""

    def open_range(self, name: str, start: int, length: int) -> IO[bytes]:
        """A stream of ``length`` bytes from ``start`` on; FileNotFoundError when there is no such object."""
        key = self._normalize_name(clean_name(name))
        span = f"bytes={start}-{start + length - 1}"
        client = self.connection.meta.client
        try:
            body: IO[bytes] = client.get_object(Bucket=self.bucket_name, Key=key, Range=span)["Body"]
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
                raise FileNotFoundError(name) from error
            raise
        return body
