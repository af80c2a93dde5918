"""How the documentation is built: Sphinx with furo, pages in MyST Markdown. Warnings are errors (`make docs`).

A page for each built-in rule is written into ``docs/rules`` when a build begins, from the rule itself, so the two
cannot differ. That folder is made anew each time and is not in the repository.
"""

from pathlib import Path

from sphinx.application import Sphinx

import medoffice
from medoffice.billing.coding.rules import builtin_rules
from medoffice.rules import rule_page

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

napoleon_numpy_docstring = False

# In the order in which they are written; types once, in the signature.
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_default_options = {"members": True, "show-inheritance": False}
python_maximum_signature_line_length = 88

RULES_INDEX = """# The rules

What is built in. Each page says what the rule looks for, what to do, where it fires and where it does not, and on what
it rests. `policy.toml` says which of them run in an office ([Extending it](../extending.md)).

```{{toctree}}
:maxdepth: 1

{codes}
```
"""


def write_rule_pages(app: Sphinx) -> None:
    """One page a built-in rule, and the page that leads to them; what is there unchanged keeps its time."""
    rules = sorted(builtin_rules(), key=lambda rule: rule.code)
    pages = {f"{rule.code.lower()}.md": rule_page(rule) for rule in rules}
    pages["index.md"] = RULES_INDEX.format(codes="\n".join(rule.code.lower() for rule in rules))
    folder = Path(app.srcdir) / "rules"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        page = folder / name
        if not page.exists() or page.read_text("utf-8") != text:
            page.write_text(text, "utf-8")


def leave_sentences_whole(
    _app: Sphinx, what: str, _name: str, _obj: object, _options: object, lines: list[str]
) -> None:
    """Napoleon takes what stands before a colon in an attribute's docstring for its type; ours are sentences."""
    if what in {"attribute", "property"} and lines:
        lines[0] = f": {lines[0]}"  # an empty type


def setup(app: Sphinx) -> None:
    """Have Sphinx write the rules' pages before it looks which pages there are."""
    app.connect("builder-inited", write_rule_pages)
    app.connect("autodoc-process-docstring", leave_sentences_whole, priority=400)  # before napoleon, at 500
