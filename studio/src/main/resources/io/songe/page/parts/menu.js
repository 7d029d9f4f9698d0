import { html, nothing, look } from "../shell/element.js";
import { render } from "../vendor/lit/lit-html.js";
import { icon } from "./icon.js";

/** Opens a small menu at a button: items [{ icon, label, hint?, act, pressed? }]. Arrows move, Escape closes and returns the focus. */
export function openMenu(anchor, label, items) {
  const host = document.createElement("div");
  host.className = "menu-host";
  // Inside an open dialog the rest of the page is inert, so the menu belongs into it.
  (anchor.closest("dialog") ?? document.body).append(host);
  anchor.setAttribute("aria-expanded", "true");
  let open = true;

  const close = (focus = true) => {
    if (!open) {
      return;
    }
    open = false;
    removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", close);
    removeEventListener("scroll", scrolled, true);
    host.remove();
    anchor.removeAttribute("aria-expanded");
    if (focus) {
      anchor.focus();
    }
  };
  const outside = (event) => !host.contains(event.target) && close(false);
  const scrolled = (event) => !host.contains(event.target) && close(false);
  const keys = (event) => {
    const all = [...host.querySelectorAll("[role^=menuitem]")];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % all.length, ArrowUp: (at - 1 + all.length) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[to].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };

  render(
    html`<div class="menu" role="menu" aria-label=${label} @keydown=${keys} ${look({})}>
      ${items.map((item) => html`<button type="button" role=${item.pressed === undefined ? "menuitem" : "menuitemcheckbox"} aria-checked=${item.pressed ?? nothing} tabindex="-1"
          @click=${() => { close(); item.act(); }}>
        ${item.icon ? icon(item.icon) : nothing}<span>${item.label}${item.hint ? html`<small>${item.hint}</small>` : nothing}</span>
      </button>`)}
    </div>`,
    host,
  );
  const menu = host.firstElementChild;
  const from = anchor.getBoundingClientRect();
  const size = menu.getBoundingClientRect();
  const below = from.bottom + 8 + size.height < innerHeight;
  menu.style.setProperty("left", `${Math.max(12, Math.min(innerWidth - size.width - 12, from.left + from.width / 2 - size.width / 2))}px`);
  menu.style.setProperty("top", `${below ? from.bottom + 8 : Math.max(12, from.top - 8 - size.height)}px`);
  menu.querySelector("button").focus();
  addEventListener("pointerdown", outside, true);
  addEventListener("resize", close);
  addEventListener("scroll", scrolled, true);
  return close;
}
