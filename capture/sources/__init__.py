"""Where pages come from: files and PDFs, cameras, scanners, a watched folder."""
