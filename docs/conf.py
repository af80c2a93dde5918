"""How the documentation is built: Sphinx with furo, pages in MyST Markdown. Warnings are errors (`make docs`)."""

import medoffice

project = "medoffice"
author = "The medoffice authors"
copyright = "The medoffice authors, Apache-2.0"  # noqa: A001 - Sphinx gives the name
release = version = medoffice.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"medoffice {release}"
html_show_sphinx = False

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

# In the order in which they are written; types once, in the signature.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
python_maximum_signature_line_length = 88
