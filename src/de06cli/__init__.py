"""A task tracker over one YAML file: the implementation plan of Đề án 06 in a district."""

__version__ = "1.0.0"
