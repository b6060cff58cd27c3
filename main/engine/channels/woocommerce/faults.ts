import type { ListingFieldName } from '#shared/domain/listing-fields.ts';
import type { ErrorCode } from '#shared/errors/coded-error.ts';
import { z } from 'zod';
import { codeOfStatus, type ChannelFault } from '../kit/failures.ts';

/** `data` is an object as a rule, but a plain status number in some answers. */
const errorSchema = z.object({
  code: z.union([z.string(), z.number()]).transform(String),
  message: z.string().catch(''),
  data: z
    .union([
      z.number().transform((status) => ({ status })),
      z.object({
        status: z.number().optional().catch(undefined),
        params: z.record(z.string(), z.string()).optional().catch(undefined),
        resource_id: z.number().optional().catch(undefined),
        unique_sku: z.string().optional().catch(undefined),
      }),
    ])
    .nullish()
    .catch(null),
});

export interface WooError {
  readonly code: string;
  readonly message: string;
  readonly status: number | null;
  /** Refused parameters and what is wrong with each. */
  readonly params: Readonly<Record<string, string>>;
}

/** Reads WooCommerce's error object; null when the body is none. */
export function readWooError(body: unknown): WooError | null {
  const parsed = errorSchema.safeParse(body);
  if (!parsed.success) return null;
  const { code, message, data } = parsed.data;
  const extra = data && 'params' in data ? data : null;
  const owner =
    data && 'resource_id' in data && data.resource_id ? ` It belongs to product ${data.resource_id}.` : '';
  return {
    code,
    message: `${plainText(message) || code}${owner}`,
    status: data?.status ?? null,
    params: extra?.params ?? {},
  };
}

/** The kit's view of an error body. */
export function readFault(body: unknown): ChannelFault | null {
  const error = readWooError(body);
  if (!error) return null;
  return {
    code: error.code,
    message: error.message,
    kind: kindOfCode(error.code),
    ...(Object.keys(error.params).length > 0 ? { details: { params: error.params } } : {}),
  };
}

/** What a code says better than its status does. */
export function kindOfCode(code: string): ErrorCode | undefined {
  if (code === 'woocommerce_rest_authentication_error') return 'CHANNEL_AUTH';
  if (/^woocommerce_rest_cannot_(view|edit|create|delete|batch)$/.test(code)) return 'CHANNEL_AUTH';
  if (code === 'rest_no_route') return 'CHANNEL_INVALID';
  if (code.endsWith('_invalid_id')) return 'CHANNEL_GONE';
  return undefined;
}

/** The stable class of an error inside a batch answer; such an item has no status line of its own. */
export function kindOfItem(error: WooError): ErrorCode {
  return kindOfCode(error.code) ?? codeOfStatus(error.status ?? 400);
}

const FIELD_OF_CODE: Readonly<Record<string, ListingFieldName>> = {
  product_invalid_sku: 'sku',
  product_invalid_global_unique_id: 'gtin',
  product_invalid_global_unique_id_format: 'gtin',
  woocommerce_product_image_upload_error: 'images',
  woocommerce_product_invalid_image_id: 'images',
};

const FIELD_OF_PARAM: Readonly<Record<string, ListingFieldName>> = {
  name: 'title',
  slug: 'slug',
  sku: 'sku',
  global_unique_id: 'gtin',
  regular_price: 'price',
  sale_price: 'salePrice',
  date_on_sale_from_gmt: 'saleFrom',
  date_on_sale_to_gmt: 'saleTo',
  stock_quantity: 'quantity',
  manage_stock: 'manageStock',
  stock_status: 'stockStatus',
  backorders: 'backorders',
  weight: 'weight',
  status: 'status',
  description: 'description',
  short_description: 'shortDescription',
  tags: 'tags',
  images: 'images',
};

/** The field that an error is about, when the shop says so. */
export function fieldOfError(
  code: string,
  params: Readonly<Record<string, string>>,
): { field: ListingFieldName | null; message: string | null } {
  const byCode = FIELD_OF_CODE[code];
  if (byCode) return { field: byCode, message: null };
  for (const [param, message] of Object.entries(params)) {
    // A nested parameter is named like `images[0][src]`.
    const field = FIELD_OF_PARAM[param.split('[', 1)[0] ?? ''];
    if (field) return { field, message: plainText(message) };
  }
  return { field: null, message: null };
}

/** Messages may carry markup. */
function plainText(text: string): string {
  return text
    .replace(/<[^>]*>/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
