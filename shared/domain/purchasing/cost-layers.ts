/** Units that came together, oldest first; `cost` is of all of them, in minor units. */
export interface CostLayer {
  readonly quantity: number;
  readonly cost: number;
  readonly currency: string;
}

/** What of a layer counts; its cost is cut so that the parts of a layer add up to it. */
export interface CostPart extends CostLayer {
  readonly layer: number;
}

/**
 * The layers that are still there when `onHand` units are: first in is first
 * out, so they are the newest ones. Units beyond all layers have no known cost.
 */
export function layersLeft(
  layers: readonly CostLayer[],
  onHand: number,
): { readonly left: readonly CostPart[]; readonly unknown: number } {
  const left: CostPart[] = [];
  let need = Math.max(0, onHand);
  for (let index = layers.length - 1; index >= 0 && need > 0; index -= 1) {
    const layer = layers[index];
    if (!layer) continue;
    const quantity = Math.min(need, layer.quantity);
    left.unshift({
      layer: index,
      quantity,
      cost: layer.cost - costOf(layer, layer.quantity - quantity),
      currency: layer.currency,
    });
    need -= quantity;
  }
  return { left, unknown: need };
}

/** Cost of the first `quantity` units of a layer; of all of them it is the layer's, of none it is 0. */
function costOf(layer: CostLayer, quantity: number): number {
  return Number((BigInt(layer.cost) * BigInt(quantity)) / BigInt(layer.quantity));
}

/**
 * What the next `quantity` units cost that leave, first in first out. null when
 * some of them have no known cost or when the layers are in several currencies:
 * a wrong cost is worse than none.
 */
export function costOfNext(
  layers: readonly CostLayer[],
  onHand: number,
  quantity: number,
): { readonly cost: number; readonly currency: string } | null {
  const { left, unknown } = layersLeft(layers, onHand);
  // Units without a layer were there before the first one.
  if (unknown > 0) return null;
  let need = quantity;
  let cost = 0;
  const currencies = new Set<string>();
  for (const part of left) {
    if (need === 0) break;
    const taken = Math.min(need, part.quantity);
    cost += costOf(part, taken);
    currencies.add(part.currency);
    need -= taken;
  }
  const [currency] = currencies;
  return need === 0 && currency !== undefined && currencies.size === 1 ? { cost, currency } : null;
}
