// A classic script, so that it runs before the first paint, so that a dark room stays dark: the kept choice, else what the system prefers.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("songe.theme");
  } catch {
    // Storage can be forbidden; then the system decides.
  }
  const dark = kept ? kept === '"dark"' : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
