"""The page behind a receipt's QR code: how a case stands, for whoever holds the paper, without a name."""
