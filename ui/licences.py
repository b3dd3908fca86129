"""What others made and this window uses, as THIRD_PARTY.md says it; a test holds the two together."""

from __future__ import annotations

OURS = "Apache-2.0"
THIRD_PARTY: tuple[tuple[str, str], ...] = (
    ("Noto Sans SC (subset of Noto CJK)", "SIL Open Font License 1.1 (printing/fonts_data/OFL.txt)"),
    ("Noto Serif Tibetan", "SIL Open Font License 1.1 (printing/fonts_data/OFL-NotoSerifTibetan.txt)"),
    ("Lucide icons (a few of them)", "ISC (ui/theme/icons/LICENSE)"),
    (
        "PySide6-Essentials, PySide6-Addons, shiboken6 (Qt 6)",
        "LGPL-3.0-only (chosen among LGPL/GPL/commercial); Qt's own parts: see Qt's attributions",
    ),
    (
        "sqlcipher3 (with SQLCipher and SQLite)",
        "zlib/libpng for the module, BSD-3-Clause for SQLCipher, public domain for SQLite",
    ),
    ("sqlite-utils, sqlite-fts4", "Apache-2.0"),
    (
        "click, click-default-group, tabulate, pluggy, python-dateutil, six (under sqlite-utils)",
        "BSD-3-Clause, public domain, MIT, MIT, BSD-3-Clause/Apache-2.0, MIT",
    ),
    (
        "cryptography (with OpenSSL), cffi, pycparser",
        "Apache-2.0 OR BSD-3-Clause (OpenSSL: Apache-2.0), MIT-0, BSD-3-Clause",
    ),
    ("argon2-cffi, argon2-cffi-bindings", "MIT (Argon2: CC0-1.0 OR Apache-2.0)"),
    ("SecretStorage, jeepney", "BSD-3-Clause, MIT"),
    ("reportlab, qrcode", "BSD-3-Clause"),
    ("uharfbuzz (with HarfBuzz)", "Apache-2.0 (HarfBuzz: MIT)"),
    ("pillow", "MIT-CMU"),
    ("pi-heif (with libheif and libde265)", "BSD-3-Clause, LGPL-3.0 for libheif and libde265"),
    ("opencv-python-headless (with FFmpeg's libraries)", "Apache-2.0, LGPL-2.1 for FFmpeg"),
    ("numpy", "BSD-3-Clause and others listed in its metadata, all permissive"),
    ("pypdfium2 (with PDFium)", "BSD-3-Clause / Apache-2.0"),
    ("zxing-cpp", "Apache-2.0"),
    ("pyserial", "BSD-3-Clause"),
    ("zeroconf, ifaddr (extra scanner)", "LGPL-2.1-or-later, MIT"),
    (
        "rapidocr, onnxruntime, flatbuffers, protobuf, omegaconf, shapely (with GEOS), pyclipper, "
        "colorlog, tqdm, requests, charset-normalizer, pyyaml",
        "Apache-2.0, MIT, Apache-2.0, BSD-3-Clause, BSD-3-Clause, BSD-3-Clause (GEOS: LGPL-2.1), "
        "MIT, MIT, MPL-2.0 AND MIT, Apache-2.0, MIT, MIT",
    ),
    (
        "httpx2, httpcore2, h11, anyio, idna, certifi, truststore, urllib3",
        "BSD-3-Clause, BSD-3-Clause, MIT, MIT, BSD-3-Clause, MPL-2.0, MIT, MIT",
    ),
    (
        "pydantic, pydantic-core, annotated-types, typing-extensions, typing-inspection",
        "MIT, MIT, MIT, PSF-2.0, MIT",
    ),
    ("openpyxl, et-xmlfile, defusedxml", "MIT, MIT, PSF-2.0"),
    ("platformdirs, pypinyin, packaging, tzdata", "MIT, MIT, Apache-2.0 OR BSD-2-Clause, Apache-2.0"),
)
