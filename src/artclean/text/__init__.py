"""bytes -> text: decoded, repaired, composed (NFC), each change an edit."""
