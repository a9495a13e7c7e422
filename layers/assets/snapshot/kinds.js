// The views of kinds that are no review: each its own tables, what they leave is described as it is.
(function (page) {
  "use strict";

  const { html, section } = page.parts;
  const { t } = page.words;

  const VIEWS = {}; // kind -> (content) => sections

  // What the answers hold, whichever the kind.
  function view(content) {
    const own = VIEWS[content.kind]?.(content) ?? [];
    const sections = own.length ? own : plain(content);
    return html("div", { class: "pg-document" }, ...sections.filter(Boolean));
  }

  function plain(content) {
    const answers = content.answers ?? {};
    return [section(t("results"), page.tables.describe(answers))];
  }

  page.kinds = { VIEWS, view, plain };
})((window.snapshotPage = window.snapshotPage || {}));
