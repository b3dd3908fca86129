"""The screens: values in, signals out."""
