"""Routes of files, in the order of the API reference."""

from __future__ import annotations

from django.urls import path

from files.api import files, uploads

urlpatterns = [
    path("files", files.Files.as_view()),
    path("files/<id:file_id>", files.FileContent.as_view()),
    path("files/<id:file_id>/info", files.FileDetail.as_view()),
    path("files/<id:file_id>/link", files.FileLink.as_view()),
    path("files/<id:file_id>/preview", files.FilePreview.as_view()),
    path("files/<id:file_id>/thumbnail", files.FileThumbnail.as_view()),
    # uploads
    path("uploads", uploads.Uploads.as_view()),
    path("uploads/<id:upload_id>", uploads.UploadDetail.as_view()),
    path("users/<id:user_id>/uploads", uploads.UserUploads.as_view()),
]
