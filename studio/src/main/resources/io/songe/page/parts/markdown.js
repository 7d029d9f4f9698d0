import { html, nothing } from "../shell/element.js";

/**
 * {@return a Markdown text as a template: headings, paragraphs, lists, tables, code, emphasis and links
 * to https. Everything else, HTML included, is shown as the text it is}
 */
export function markdown(text) {
  const lines = text.replace(/\r/g, "").replace(/^---\n[\s\S]*?\n---\n/, "").split("\n");
  const blocks = [];
  let at = 0;
  const takeWhile = (test) => {
    const from = at;
    while (at < lines.length && test(lines[at])) {
      at += 1;
    }
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at];
    if (/^\s*```/.test(line)) {
      at += 1;
      const code = takeWhile((one) => !/^\s*```/.test(one));
      at += 1;
      blocks.push(html`<pre tabindex="0">${code.join("\n")}</pre>`);
    } else if (/^#{1,6}\s/.test(line)) {
      const [, marks, title] = line.match(/^(#{1,6})\s+(.*?)#*$/);
      blocks.push(marks.length < 3 ? html`<h3>${inline(title)}</h3>` : html`<h4>${inline(title)}</h4>`);
      at += 1;
    } else if (/^\s*\|/.test(line)) {
      blocks.push(table(takeWhile((one) => /^\s*\|/.test(one))));
    } else if (/^\s*([-*+]|\d+\.)\s/.test(line)) {
      const items = takeWhile((one) => /^\s*([-*+]|\d+\.)\s|^\s{2,}\S/.test(one));
      blocks.push(html`<ul>${items.map((item) => html`<li>${inline(item.replace(/^\s*([-*+]|\d+\.)\s+/, ""))}</li>`)}</ul>`);
    } else if (line.trim() === "") {
      at += 1;
    } else {
      const words = takeWhile((one) => one.trim() !== "" && !/^(#{1,6}\s|\s*```|\s*\|)/.test(one));
      blocks.push(html`<p>${inline(words.join(" "))}</p>`);
    }
  }
  return html`<div class="prose">${blocks}</div>`;
}

function table(lines) {
  const rows = lines.map((line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim())).filter((row) => !row.every((cell) => /^:?-*:?$/.test(cell)));
  const [head, ...body] = rows;
  return html`<div class="prose-table" tabindex="0"><table><thead><tr>${head.map((cell) => html`<th>${inline(cell)}</th>`)}</tr></thead>
    <tbody>${body.map((row) => html`<tr>${row.map((cell) => html`<td>${inline(cell)}</td>`)}</tr>`)}</tbody></table></div>`;
}

function inline(text) {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)\s]+\))/);
  return parts.map((part) => {
    const link = part.match(/^\[([^\]]+)\]\(([^)\s]+)\)$/);
    if (link) {
      return /^https:\/\//.test(link[2]) ? html`<a href=${link[2]} target="_blank" rel="noreferrer noopener">${link[1]}</a>` : link[1];
    }
    if (/^`.*`$/.test(part)) {
      return html`<code>${part.slice(1, -1)}</code>`;
    }
    if (/^\*\*.*\*\*$/.test(part)) {
      return html`<strong>${part.slice(2, -2)}</strong>`;
    }
    return /^\*[^*].*\*$/.test(part) ? html`<em>${part.slice(1, -1)}</em>` : part || nothing;
  });
}
