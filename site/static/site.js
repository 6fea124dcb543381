// What is wider than the page scrolls on its own, and by keyboard too.
const wide = "pre, mjx-container[display=true], .pst-scrollable-table-container";
function reach() {
  for (const element of document.querySelectorAll(wide)) {
    if (element.scrollWidth > element.clientWidth) element.tabIndex = 0;
  }
}
new ResizeObserver(reach).observe(document.body);
window.MathJax?.startup?.promise.then(reach);
// A folded answer is printed open.
addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((folded) => (folded.open = true)));
// A search shows where its words stand in a page's own text, of which the theme's menus and lists are no part.
if (typeof Search !== "undefined") {
  const text = Search.htmlToText;
  Search.htmlToText = (page, anchor) => {
    const article = new DOMParser().parseFromString(page, "text/html").querySelector("article.bd-article");
    article?.querySelectorAll(".run, summary").forEach((button) => button.remove());
    return text(article ? `<div role="main">${article.innerHTML}</div>` : page, anchor);
  };
}
