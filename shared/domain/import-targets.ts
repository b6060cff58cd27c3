/** What a column of a generic file can be read into besides the fields of a listing. */
export const ROW_TARGETS = ['listingId', 'product', 'variant'] as const;
