import { z } from 'zod';

/**
 * The narrow shapes that the connector reads. Everything else a record has is
 * kept as raw text. Ids are texts on our side; WooCommerce writes numbers.
 */
const id = z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/)]).transform(String);

/** Plugins turn texts into numbers, null or false. */
const text = z
  .union([
    z.string(),
    z.number().transform(String),
    z.null().transform(() => ''),
    z.literal(false).transform(() => ''),
  ])
  .default('');
const optionalText = text.catch('');

/** Decimal text such as "12.50"; '' is none. */
const decimalText = text.refine(
  (value) => value.trim() === '' || /^[+-]?(\d+\.?\d*|\.\d+)$/.test(value.trim()),
  {
    error: (issue) => `${JSON.stringify(issue.input)} is not a decimal`,
  },
);

/** GMT without a zone; null is none. */
const gmt = z
  .string()
  .nullish()
  .transform((value, context): number | null => {
    if (value === null || value === undefined || value === '' || value.startsWith('0000-')) return null;
    const at = Date.parse(/[zZ]|[+-]\d\d:?\d\d$/.test(value) ? value : `${value.replace(' ', 'T')}Z`);
    if (Number.isFinite(at)) return at;
    context.addIssue(`${JSON.stringify(value)} is not a date`);
    return z.NEVER;
  });

const named = z.array(z.object({ name: optionalText })).catch([]);

/** Identity and time of a record: what paging needs, and all that can be known of an unreadable one. */
export const stampSchema = z.object({
  id,
  date_modified_gmt: gmt.catch(null),
  date_modified: gmt.catch(null),
});

const sellable = {
  sku: optionalText,
  global_unique_id: optionalText,
  regular_price: decimalText,
  sale_price: decimalText,
  date_on_sale_from_gmt: gmt,
  date_on_sale_to_gmt: gmt,
  manage_stock: z.union([z.boolean(), z.literal('parent')]).catch(false),
  stock_quantity: z
    .union([
      z.number(),
      z
        .string()
        .regex(/^-?\d+(\.\d+)?$/)
        .transform(Number),
      z.null(),
    ])
    .default(null),
  stock_status: z.enum(['instock', 'outofstock', 'onbackorder']).nullish().catch(null),
  backorders: z.enum(['no', 'notify', 'yes']).nullish().catch(null),
  weight: optionalText,
  date_modified_gmt: gmt,
};

export const productSchema = z.object({
  id,
  ...sellable,
  name: text,
  slug: optionalText,
  permalink: optionalText,
  type: z.string().default('simple'),
  status: z.string().min(1),
  description: text,
  short_description: text,
  categories: named.default([]),
  tags: named.default([]),
  images: z
    .array(
      z.object({
        id: z.union([z.number(), z.string()]).transform(String).catch(''),
        src: optionalText,
        alt: optionalText,
      }),
    )
    .default([]),
  variations: z.array(id).catch([]).default([]),
});
export type ProductRecord = z.output<typeof productSchema>;

export const variationSchema = z.object({
  id,
  ...sellable,
  menu_order: z.number().catch(0).default(0),
  attributes: z
    .array(z.object({ option: optionalText }))
    .catch([])
    .default([]),
});
export type VariationRecord = z.output<typeof variationSchema>;

const address = z
  .object({
    first_name: optionalText,
    last_name: optionalText,
    company: optionalText,
    address_1: optionalText,
    address_2: optionalText,
    city: optionalText,
    state: optionalText,
    postcode: optionalText,
    country: optionalText,
    phone: optionalText,
    email: optionalText,
  })
  .partial()
  .transform((value) => ({
    first_name: value.first_name ?? '',
    last_name: value.last_name ?? '',
    company: value.company ?? '',
    address_1: value.address_1 ?? '',
    address_2: value.address_2 ?? '',
    city: value.city ?? '',
    state: value.state ?? '',
    postcode: value.postcode ?? '',
    country: value.country ?? '',
    phone: value.phone ?? '',
    email: value.email ?? '',
  }));
export type AddressRecord = z.output<typeof address>;

const optionalId = z
  .union([id, z.null(), z.literal(''), z.undefined()])
  .catch(null)
  .transform((value) => (value ? value : null))
  .transform((value) => (value === '0' ? null : value));

const metaSchema = z.object({
  id: z.number().optional().catch(undefined),
  key: optionalText,
  value: z.unknown().optional(),
  display_key: optionalText,
  display_value: z.unknown().optional(),
});
export type MetaRecord = z.output<typeof metaSchema>;

const lineSchema = z.object({
  id,
  name: optionalText,
  parent_name: z.string().nullish().catch(null),
  product_id: optionalId,
  variation_id: optionalId,
  quantity: z.union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+(\.\d+)?$/)
      .transform(Number),
  ]),
  subtotal: decimalText,
  /** After discounts, without tax. */
  total: decimalText.catch('').default(''),
  taxes: z
    .array(z.object({ id: z.number(), total: z.string().catch('') }))
    .catch([])
    .default([]),
  sku: optionalText,
  price: z.union([z.number(), z.string(), z.null()]).default(null),
  image: z.object({ src: optionalText }).nullish().catch(null),
  meta_data: z.array(metaSchema).catch([]).default([]),
});
export type LineRecord = z.output<typeof lineSchema>;

export const orderSchema = z.object({
  id,
  number: optionalText,
  status: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/),
  total: decimalText,
  date_created_gmt: gmt,
  date_modified_gmt: gmt,
  date_completed_gmt: gmt.catch(null),
  customer_note: optionalText,
  billing: address,
  shipping: address,
  shipping_lines: z
    .array(
      z.object({
        method_title: optionalText,
        total: decimalText.catch('').default(''),
        total_tax: decimalText.catch('').default(''),
      }),
    )
    .catch([])
    .default([]),
  line_items: z.array(lineSchema),
  meta_data: z.array(metaSchema).catch([]).default([]),
});
export type OrderRecord = z.output<typeof orderSchema>;

export const noteSchema = z.object({
  id,
  note: optionalText,
  customer_note: z.boolean().catch(false),
});
export type NoteRecord = z.output<typeof noteSchema>;

/** What is wrong with a record, in one line: "regular_price: "abc" is not a decimal". */
export function explain(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map((issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`)
    .join('; ');
}
