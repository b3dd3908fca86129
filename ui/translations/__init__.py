"""The window's languages: Chinese complete, English plural forms, and the step that keeps them so."""
