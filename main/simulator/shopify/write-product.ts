import { numberOf } from './gid.ts';
import { productView, variantView, type ViewContext } from './product-views.ts';
import type { ProductRow, VariantRow } from './rows.ts';

interface UserError {
  readonly field: readonly string[] | null;
  readonly message: string;
  readonly code?: string;
}

interface ProductInput {
  readonly id?: string | null;
  readonly title?: string | null;
  readonly descriptionHtml?: string | null;
  readonly vendor?: string | null;
  readonly productType?: string | null;
  readonly tags?: readonly string[] | null;
  readonly status?: ProductRow['status'] | null;
  readonly handle?: string | null;
}

const LONGEST = 255;

export function productUpdate(
  context: ViewContext,
  { product: input }: { product?: ProductInput | null },
): unknown {
  const { store } = context;
  const row = store.products.get(numberOf('Product', input?.id ?? '') ?? -1);
  if (!row || !input)
    return { product: null, userErrors: [{ field: ['id'], message: 'Product does not exist' }] };
  const errors: UserError[] = [];
  if (input.title != null && input.title.trim() === '')
    errors.push({ field: ['title'], message: "Title can't be blank" });
  for (const name of ['title', 'vendor', 'productType', 'handle'] as const) {
    if ((input[name] ?? '').length > LONGEST) {
      errors.push({ field: [name], message: `${name} is too long (maximum is ${LONGEST} characters)` });
    }
  }
  if ((input.tags ?? []).length > 250)
    errors.push({ field: ['tags'], message: 'Product tags are limited to 250' });
  const handle = input.handle == null ? undefined : handleOf(input.handle);
  if (handle !== undefined && isTaken(context, row, handle)) {
    errors.push({
      field: ['handle'],
      message: `Handle '${handle}' already in use. Please provide a new handle.`,
    });
  }
  if (errors.length > 0) return { product: null, userErrors: errors };
  store.touch(row, {
    ...(input.title == null ? {} : { title: input.title.trim() }),
    ...(input.descriptionHtml == null ? {} : { descriptionHtml: input.descriptionHtml }),
    ...(input.vendor == null ? {} : { vendor: input.vendor.trim() }),
    ...(input.productType == null ? {} : { productType: input.productType.trim() }),
    ...(input.tags == null ? {} : { tags: uniqueTags(input.tags) }),
    ...(input.status == null ? {} : { status: input.status }),
    ...(handle === undefined ? {} : { handle }),
  });
  return { product: productView(context, row), userErrors: [] };
}

function handleOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function isTaken({ store }: ViewContext, row: ProductRow, handle: string): boolean {
  for (const other of store.products.values()) if (other !== row && other.handle === handle) return true;
  return false;
}

function uniqueTags(tags: readonly string[]): string[] {
  const unique = new Map(tags.map((tag) => [tag.trim().toLowerCase(), tag.trim()]));
  unique.delete('');
  return [...unique.values()];
}

interface VariantInput {
  readonly id?: string | null;
  readonly barcode?: string | null;
  readonly price?: string | null;
  readonly compareAtPrice?: string | null;
  readonly inventoryPolicy?: VariantRow['policy'] | null;
  readonly inventoryItem?: {
    readonly sku?: string | null;
    readonly tracked?: boolean | null;
    readonly measurement?: {
      readonly weight?: { readonly unit: string; readonly value: number } | null;
    } | null;
  } | null;
}

export function variantsBulkUpdate(
  context: ViewContext,
  args: { productId: string; variants: readonly VariantInput[]; allowPartialUpdates?: boolean | null },
): unknown {
  const { store } = context;
  const product = store.products.get(numberOf('Product', args.productId) ?? -1);
  if (!product) {
    const error = { field: ['productId'], message: 'Product does not exist', code: 'PRODUCT_DOES_NOT_EXIST' };
    return { product: null, productVariants: null, userErrors: [error] };
  }
  const checked = args.variants.map((input, index) => ({
    input,
    ...checkVariant(context, product, input, index),
  }));
  const errors = checked.flatMap((entry) => entry.errors);
  if (errors.length > 0 && !args.allowPartialUpdates) {
    return { product: productView(context, product), productVariants: null, userErrors: errors };
  }
  const written: VariantRow[] = [];
  for (const { row, input, errors: own } of checked) {
    if (!row || own.length > 0) continue;
    writeVariant(context, row, input);
    written.push(row);
  }
  return {
    product: productView(context, product),
    productVariants: written.map((row) => variantView(context, row)),
    userErrors: errors,
  };
}

function checkVariant(
  { store }: ViewContext,
  product: ProductRow,
  input: VariantInput,
  index: number,
): { row: VariantRow | null; errors: UserError[] } {
  const path = (...parts: string[]): string[] => ['variants', String(index), ...parts];
  const row = store.variants.get(numberOf('ProductVariant', input.id ?? '') ?? -1);
  if (!row || row.productId !== product.id) {
    const message = 'Product variant does not exist';
    return { row: null, errors: [{ field: path('id'), message, code: 'PRODUCT_VARIANT_DOES_NOT_EXIST' }] };
  }
  const errors: UserError[] = [];
  for (const name of ['price', 'compareAtPrice'] as const) {
    if (input[name] != null && !(Number(input[name]) >= 0)) {
      const message = 'Price must be greater than or equal to 0';
      errors.push({ field: path(name), message, code: 'GREATER_THAN_OR_EQUAL_TO' });
    }
  }
  const texts = [
    ['barcode', input.barcode, path('barcode')],
    ['SKU', input.inventoryItem?.sku, path('inventoryItem', 'sku')],
  ] as const;
  for (const [name, value, field] of texts) {
    if ((value ?? '').length > LONGEST) {
      errors.push({
        field,
        message: `${name} is too long (maximum is ${LONGEST} characters)`,
        code: 'TOO_LONG',
      });
    }
  }
  return { row, errors };
}

function writeVariant({ store }: ViewContext, row: VariantRow, input: VariantInput): void {
  const item = input.inventoryItem;
  const weight = item?.measurement?.weight;
  row.writes += 1;
  store.touch(row, {
    ...(input.price == null ? {} : { price: Number(input.price).toFixed(2) }),
    ...(input.compareAtPrice === undefined
      ? {}
      : { compareAtPrice: input.compareAtPrice === null ? null : Number(input.compareAtPrice).toFixed(2) }),
    ...(input.barcode == null ? {} : { barcode: input.barcode.trim() }),
    ...(input.inventoryPolicy == null ? {} : { policy: input.inventoryPolicy }),
    ...(item?.sku == null ? {} : { sku: item.sku.trim() }),
    ...(item?.tracked == null ? {} : { tracked: item.tracked }),
    ...(weight == null ? {} : { weight }),
  });
}
