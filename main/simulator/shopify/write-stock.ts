import { GraphQLError } from 'graphql';
import { gid, iso, numberOf } from './gid.ts';
import { levelView, type ViewContext } from './product-views.ts';

const MOST = 1_000_000_000;

interface QuantityInput {
  readonly changeFromQuantity?: number | null;
  readonly inventoryItemId: string;
  readonly locationId: string;
  readonly quantity: number;
}

interface SetInput {
  readonly name: string;
  readonly reason: string;
  readonly referenceDocumentUri?: string | null;
  readonly quantities: readonly QuantityInput[];
}

interface StockError {
  readonly field: readonly string[];
  readonly message: string;
  readonly code: string;
}

/** Sets all quantities or, when one of them is wrong, none. */
export function setQuantities(context: ViewContext, { input }: { input: SetInput }): unknown {
  const { store } = context;
  if (input.name !== 'available' && input.name !== 'on_hand') {
    return refused([
      {
        field: ['input', 'name'],
        message: 'The quantity name must be available or on_hand',
        code: 'INVALID_NAME',
      },
    ]);
  }
  if (input.quantities.some((quantity) => !('changeFromQuantity' in quantity))) {
    throw new GraphQLError('changeFromQuantity must be passed, null skips the check', {
      extensions: { code: 'BAD_REQUEST' },
    });
  }
  const errors = input.quantities.flatMap((quantity, index) => checkQuantity(context, quantity, index));
  if (errors.length > 0) return refused(errors);
  for (const quantity of input.quantities) {
    const variant = store.variantOfItem(numberOf('InventoryItem', quantity.inventoryItemId) ?? -1);
    const location = numberOf('Location', quantity.locationId);
    if (!variant || location === null) continue;
    variant.writes += 1;
    store.setAvailable(variant, location, quantity.quantity);
  }
  return {
    inventoryAdjustmentGroup: {
      __typename: 'InventoryAdjustmentGroup',
      id: gid('InventoryAdjustmentGroup', store.newId()),
      reason: input.reason,
      referenceDocumentUri: input.referenceDocumentUri ?? null,
      createdAt: iso(store.now()),
    },
    userErrors: [],
  };
}

function refused(userErrors: readonly StockError[]): unknown {
  return { inventoryAdjustmentGroup: null, userErrors };
}

function checkQuantity({ store }: ViewContext, input: QuantityInput, index: number): StockError[] {
  const at = (name: string): string[] => ['input', 'quantities', String(index), name];
  const variant = store.variantOfItem(numberOf('InventoryItem', input.inventoryItemId) ?? -1);
  if (!variant) {
    const message = 'The specified inventory item could not be found.';
    return [{ field: at('inventoryItemId'), message, code: 'INVALID_INVENTORY_ITEM' }];
  }
  const location = numberOf('Location', input.locationId);
  if (location === null || !store.locations.some((row) => row.id === location && row.active)) {
    const message = 'The specified location could not be found.';
    return [{ field: at('locationId'), message, code: 'INVALID_LOCATION' }];
  }
  const code =
    input.quantity > MOST
      ? 'INVALID_QUANTITY_TOO_HIGH'
      : input.quantity < -MOST
        ? 'INVALID_QUANTITY_TOO_LOW'
        : null;
  if (code) return [{ field: at('quantity'), message: 'The quantity is out of range.', code }];
  const now = variant.levels.get(location) ?? 0;
  if (input.changeFromQuantity != null && input.changeFromQuantity !== now) {
    const message = 'The changeFromQuantity argument no longer matches the persisted quantity.';
    return [{ field: at('changeFromQuantity'), message, code: 'CHANGE_FROM_QUANTITY_STALE' }];
  }
  return [];
}

export function activate(
  { store }: ViewContext,
  args: { inventoryItemId: string; locationId: string; available?: number | null },
): unknown {
  const variant = store.variantOfItem(numberOf('InventoryItem', args.inventoryItemId) ?? -1);
  const location = numberOf('Location', args.locationId);
  if (!variant || location === null || !store.locations.some((row) => row.id === location)) {
    const field = variant ? ['locationId'] : ['inventoryItemId'];
    return { inventoryLevel: null, userErrors: [{ field, message: 'It could not be found.' }] };
  }
  if (variant.levels.has(location) && args.available != null) {
    const message = 'Not allowed to set available quantity when the item is already active at the location.';
    return { inventoryLevel: null, userErrors: [{ field: ['available'], message }] };
  }
  if (!variant.levels.has(location)) {
    variant.writes += 1;
    store.setAvailable(variant, location, args.available ?? 0);
  }
  return { inventoryLevel: levelView(variant, location), userErrors: [] };
}
