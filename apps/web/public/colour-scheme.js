// Sets the colour scheme before the first paint, so that a dark room is never lit by a white page.
// A file of its own because the content security policy allows no inline script.
(() => {
  let chosen = 'auto';
  try {
    chosen = window.localStorage.getItem('mantine-color-scheme-value') || 'auto';
  } catch {
    // Storage is blocked: the system's scheme it is.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
