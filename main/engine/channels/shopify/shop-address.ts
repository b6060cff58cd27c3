import { CodedError } from '#shared/errors/coded-error.ts';

/**
 * The address of the shop's admin API, whatever of it people copied:
 * `my-shop`, `my-shop.myshopify.com`, `https://admin.shopify.com/store/my-shop`.
 * Ends with a slash.
 */
export function shopRoot(baseUrl: string): URL {
  const trimmed = baseUrl.trim();
  const named = /^[a-z0-9][a-z0-9-]*$/i.test(trimmed) ? `${trimmed}.myshopify.com` : trimmed;
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(named) ? named : `https://${named}`;
  if (trimmed === '' || !URL.canParse(text)) {
    throw new CodedError('CHANNEL_INVALID', `"${trimmed}" is not the address of a shop`, {
      baseUrl: trimmed,
    });
  }
  const url = new URL(text);
  const store = /^\/store\/([a-z0-9-]+)/i.exec(url.pathname)?.[1];
  const root = url.hostname === 'admin.shopify.com' && store ? `https://${store}.myshopify.com` : url.origin;
  return new URL('/', root);
}
