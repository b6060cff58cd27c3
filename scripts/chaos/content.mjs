// Texts and lists of products: longer values that a channel tidies and that belong to all variants.

/** What is changed on the products of a channel; Amazon has no tags. */
export const CONTENT = {
  woocommerce: ['description', 'tags'],
  shopify: ['description', 'tags'],
  etsy: ['description', 'tags'],
  amazon: ['description'],
};
export const CONTENT_FIELDS = ['description', 'tags'];

/** @returns {string | string[]} as it travels in a contract */
export function contentValue(field, at, where) {
  const number = Math.floor(at * 10_000);
  if (field === 'description') return `Written at the ${where} on day ${number}, for everyone.`;
  return [`${where} ${number}`, 'handmade'];
}

/** Lists in one order, and nothing as an empty text. */
export function comparable(value) {
  return Array.isArray(value)
    ? value
        .map((entry) => entry.toLowerCase())
        .sort((one, other) => one.localeCompare(other))
        .join(', ')
    : (value ?? '');
}

/** Values of the content fields by listing. */
export async function readContent(engine) {
  const { viewId, count } = await engine.call('views.open', {});
  const { rows } = await engine.call('views.rows', {
    viewId,
    from: 0,
    to: count - 1,
    fields: CONTENT_FIELDS,
  });
  return new Map(
    rows.map(({ listingId, values }) => [listingId, { description: values[0], tags: values[1] }]),
  );
}
