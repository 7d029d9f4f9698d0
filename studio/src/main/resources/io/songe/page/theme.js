// A classic script, for it has to run before the first paint: the kept choice, else what the system prefers.
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
