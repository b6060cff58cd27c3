import type { ChannelContext } from '../contract.ts';
import { json, testContext, type SentRequest } from '../kit/test-context.ts';
import { AmazonClient } from './client.ts';
import { newAmazonMemory, type AmazonMemory } from './memory.ts';

export const KEYS = {
  clientId: 'client',
  clientSecret: 'secret',
  refreshToken: 'Atzr|first',
  sellerId: 'SELLER',
  marketplaceId: 'A1PA6795UKMFR9',
};
const DE = { marketplace_id: 'A1PA6795UKMFR9' };

export interface TestAccount {
  readonly client: AmazonClient;
  readonly memory: AmazonMemory;
  readonly context: ChannelContext;
  /** Requests to the API itself, without those for tokens. */
  readonly sent: () => SentRequest[];
  readonly tokenRequests: () => SentRequest[];
}

/** An account whose API answers as told; tokens are given out by themselves. */
export function testAccount(
  answer: (request: SentRequest) => Response | Promise<Response>,
  overrides: Partial<ChannelContext> = {},
): TestAccount {
  let tokens = 0;
  const isToken = (request: SentRequest): boolean => request.url.pathname === '/auth/o2/token';
  const { context, sent } = testContext(
    (request) => {
      if (!isToken(request)) return answer(request);
      tokens += 1;
      return json({ access_token: `Atza|${tokens}`, token_type: 'bearer', expires_in: 3_600 });
    },
    { baseUrl: 'https://sellingpartnerapi-eu.amazon.com', credentials: KEYS, currency: 'EUR', ...overrides },
  );
  const memory = newAmazonMemory();
  return {
    memory,
    context,
    client: new AmazonClient(context, memory),
    sent: () => sent.filter((request) => !isToken(request)),
    tokenRequests: () => sent.filter(isToken),
  };
}

/** A listing as a search answers it. */
export function listing(sku: string, attributes: object = {}): Record<string, unknown> {
  return {
    sku,
    summaries: [
      {
        marketplaceId: DE.marketplace_id,
        productType: 'KITCHEN',
        status: ['BUYABLE'],
        createdDate: '2026-01-01T00:00:00Z',
        lastUpdatedDate: '2026-02-01T00:00:00Z',
      },
    ],
    attributes: {
      item_name: [{ value: 'Mug', language_tag: 'de_DE', ...DE }],
      purchasable_offer: [
        { ...DE, currency: 'EUR', audience: 'ALL', our_price: [{ schedule: [{ value_with_tax: 10 }] }] },
      ],
      fulfillment_availability: [{ fulfillment_channel_code: 'DEFAULT', quantity: 1 }],
      ...attributes,
    },
  };
}

export function found(...items: readonly unknown[]): Response {
  return json({ numberOfResults: items.length, items });
}

export function refusal(status: number, code: string, headers: Record<string, string> = {}): Response {
  return json({ errors: [{ code, message: 'No.', details: '' }] }, { status, headers });
}
