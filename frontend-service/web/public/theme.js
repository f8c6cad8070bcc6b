// Before anything is painted, so that nobody sees the other theme first.
try {
  const chosen = localStorage.getItem("pulse.theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; then the system decides.
}
