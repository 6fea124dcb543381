"""Sphinx: notebooks and pages as they are stored, nothing run, nothing from other servers."""

project = html_title = "Deep learning in three steps"
language = "en"
highlight_language = "none"
extensions = ["myst_nb"]
html_theme = "sphinx_book_theme"
html_theme_options = {
    "use_download_button": False,
    "use_fullscreen_button": False,
    "navbar_persistent": [],
    "show_toc_level": 2,
    "footer_content_items": [],
}
html_favicon = "static/icon.svg"
html_context = {"default_mode": "auto"}
html_copy_source = html_show_sphinx = html_show_sourcelink = False
html_show_copyright = False
html_static_path = ["static"]
html_css_files = ["site.css"]
html_js_files = [("site.js", {"defer": "defer"})]
nb_execution_mode = "off"
nb_merge_streams = True
nb_code_prompt_show = "Show the {type}"
nb_code_prompt_hide = "Hide the {type}"
FOLDED = {" the source</p>": " the code</p>", " the output</p>": " the answer</p>"}
nb_ipywidgets_js = {}
myst_enable_extensions = ["dollarmath", "amsmath", "deflist"]
myst_heading_anchors = 3
myst_heading_slug_func = "pages.slug"
mathjax_path = "mathjax/tex-chtml.js"
mathjax3_config = {"options": {"enableMenu": False}}


def run_button(app, pagename, templatename, context, doctree):
    """Under a notebook's title, what opens it in the browser's own Python."""
    if pagename.startswith(("notebooks/", "exercises/")):
        button = (
            f'<p class="run"><a href="../run.html?path={pagename}.ipynb">Run this page</a> <span>in your browser, with '
            f"nothing to install. The first time loads {context['size']} MB.</span></p>"
        )
        context["body"] = context["body"].replace("</h1>", f"</h1>{button}", 1)


def name_folded(app, pagename, templatename, context, doctree):
    """What is folded, in a learner's words."""
    for theirs, ours in FOLDED.items() if doctree else ():
        context["body"] = context["body"].replace(theirs, ours)


def setup(app):
    app.connect("html-page-context", run_button)
    app.connect("html-page-context", name_folded)
