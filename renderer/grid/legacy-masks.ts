const patched = new WeakSet<HTMLStyleElement>();

/**
 * Chromium before 120 knows masks only with a prefix: without it every icon of
 * AG is a black square. Newer engines are left alone.
 */
export function prefixMasks(): void {
  if (CSS.supports('mask-image', 'none')) return;
  for (const style of document.querySelectorAll('style')) {
    if (patched.has(style)) continue;
    patched.add(style);
    const text = style.textContent ?? '';
    if (text.includes('mask-')) style.textContent = text.replace(/([;{\s])mask-/g, '$1-webkit-mask-');
  }
}
