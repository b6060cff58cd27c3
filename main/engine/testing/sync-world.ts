import type { Params, Result, MethodName } from '#shared/contract/methods.ts';
import type { WireValue } from '#shared/domain/listing-fields.ts';
import { OUTBOX_STATES } from '#shared/domain/outbox-states.ts';
import type { ChannelConnector } from '../channels/contract.ts';
import { dispatch } from '../rpc/dispatch.ts';
import { FakeShop } from './fake-shop.ts';
import { testEngine, type TestEngine } from './test-engine.ts';

/** A workspace with one shop in memory that has been read, driven through the contract as a window does it. */
export class SyncWorld {
  readonly shop: FakeShop & Pick<ChannelConnector, 'signIn' | 'expiresAt'> = new FakeShop();
  test!: TestEngine;
  accountId = '';
  listingIds: readonly string[] = [];

  async open(products: number): Promise<this> {
    this.test = await testEngine({ connectors: [this.shop] });
    for (let index = 0; index < products; index += 1) {
      const fields = { title: `P${index}`, sku: `S${index}`, price: 1_000 + index, quantity: 5 };
      this.shop.add(String(index), { ...fields, status: 'publish' });
    }
    const account = { platform: 'woocommerce', name: 'Shop', baseUrl: 'https://shop.example' } as const;
    ({ accountId: this.accountId } = await this.call('channels.add', { ...account, credentials: {} }));
    await this.call('sync.pull', {});
    this.listingIds = this.test.engine.db.pluck<string>('SELECT id FROM listing ORDER BY rid');
    return this;
  }

  async call<M extends MethodName>(
    method: M,
    params: Params<M>,
    signal: AbortSignal = new AbortController().signal,
  ): Promise<Result<M>> {
    const who = { actor: 'test', requestId: undefined, signal };
    return (await dispatch(this.test.engine, method, params, who, { checkOutput: true })) as Result<M>;
  }

  edit(row: number, field: string, value: WireValue): Promise<Result<'listings.edit'>> {
    return this.call('listings.edit', {
      changes: [{ listingId: this.listingIds[row] ?? '', field, value }],
    });
  }

  /** The steps of the newest op. */
  async trail(): Promise<{ step: string; text: string }[]> {
    const { ops } = await this.call('outbox.query', { states: [...OUTBOX_STATES], limit: 1 });
    const { steps } = await this.call('outbox.trail', { opId: ops[0]?.opId ?? '0' });
    return steps.map(({ step, text }) => ({ step, text }));
  }

  close(): void {
    this.test.close();
  }
}
