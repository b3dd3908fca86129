"""Everything that can go wrong between a file and a page, each naming the file and nothing else."""

from __future__ import annotations

from enum import StrEnum

from registration.errors import JilaiError, Kind


class CaptureCode(StrEnum):
    """Why a file gave no page; each has its words in the wording catalogue."""

    NOT_AN_IMAGE = "not_an_image"
    EMPTY_FILE = "empty_file"
    TRUNCATED_IMAGE = "truncated_image"
    IMAGE_TOO_LARGE = "image_too_large"
    FILE_TOO_LARGE = "file_too_large"
    TOO_MANY_PAGES = "too_many_pages"
    UNSUPPORTED_FORMAT = "unsupported_format"
    PDF_ENCRYPTED = "pdf_encrypted"
    PDF_BROKEN = "pdf_broken"
    IS_A_FOLDER = "is_a_folder"
    FILE_VANISHED = "file_vanished"
    FILE_UNREADABLE = "file_unreadable"
    IMAGING_TIMEOUT = "imaging_timeout"
    IMAGING_OUT_OF_MEMORY = "imaging_out_of_memory"
    IMAGING_CRASHED = "imaging_crashed"


_MACHINE = {CaptureCode.IMAGING_CRASHED}


class CaptureError(JilaiError):
    """A file that gave no page: `code` finds the words, params["file"] is the file's base name."""

    def __init__(self, code: CaptureCode, file: str) -> None:
        super().__init__(code.value, file=file)
        self.kind = Kind.MACHINE if code in _MACHINE else Kind.INPUT
        self.capture_code = code


class SheetCode(StrEnum):
    """Why a file gave no spreadsheet; each has its words in the wording catalogue."""

    EMPTY = "empty_file"
    UNKNOWN = "sheet_file_unknown"
    OLD = "sheet_file_old"
    LOCKED = "sheet_file_locked"
    BROKEN = "sheet_file_broken"
    TOO_LARGE = "sheet_file_too_large"
    TIMEOUT = "sheet_file_timeout"
    CRASHED = "sheet_file_crashed"


class SheetError(JilaiError):
    """A file that gave no spreadsheet: params["file"] is its base name."""

    def __init__(self, code: SheetCode, file: str) -> None:
        super().__init__(code.value, file=file)
        self.kind = Kind.MACHINE if code is SheetCode.CRASHED else Kind.INPUT
        self.sheet_code = code


class ImagingFaultError(Exception):
    """What the imaging process reports about the bytes in hand; it never learns a file's name."""

    def __init__(self, code: CaptureCode) -> None:
        super().__init__(code.value)
        self.code = code
