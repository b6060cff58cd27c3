import type { OrderPage, RemoteOrder } from '../../channels/contract.ts';
import { CodedError } from '#shared/errors/coded-error.ts';
import { remoteOrder } from '../../orders/order-test-kit.ts';
import { FakeShop } from '../fake-shop.ts';

/** A shop that sells what it shows, takes the unit off by itself, and is out of reach now and then. */
export class WeekShop extends FakeShop {
  reachable = true;
  private readonly placed: RemoteOrder[] = [];

  shows(product: string): number {
    return Number(this.value(product, 'quantity') ?? 0);
  }

  /** One buyer wants one unit; false when the shop shows none. */
  buy(product: string, sku: string, at: number): boolean {
    const left = this.shows(product);
    if (left <= 0) return false;
    this.edit(product, { quantity: left - 1 });
    const number = `${this.platform}-${this.placed.length + 1}`;
    const order = remoteOrder(number, [1], { placedAtMs: at, modifiedAtMs: at });
    this.placed.push({
      ...order,
      lines: order.lines.map((line) => ({ ...line, sku, productExternalId: product })),
    });
    return true;
  }

  override async pullProducts(): ReturnType<FakeShop['pullProducts']> {
    this.assertReachable();
    return super.pullProducts();
  }

  override async pullOrders(_context: unknown, cursor: string | null): Promise<OrderPage> {
    this.assertReachable();
    const from = Number(cursor ?? 0);
    const orders = this.placed.slice(from);
    return { orders, quarantined: [], cursor: String(this.placed.length), done: true, total: orders.length };
  }

  override async readListings(
    ...parts: Parameters<FakeShop['readListings']>
  ): ReturnType<FakeShop['readListings']> {
    this.assertReachable();
    return super.readListings(...parts);
  }

  override async pushListings(
    ...parts: Parameters<FakeShop['pushListings']>
  ): ReturnType<FakeShop['pushListings']> {
    this.assertReachable();
    return super.pushListings(...parts);
  }

  private assertReachable(): void {
    if (this.reachable) return;
    throw new CodedError(
      'CHANNEL_TRANSIENT',
      'The shop cannot be reached',
      { applied: 'no', network: true },
      { retryable: false },
    );
  }
}
