import { afterEach, beforeEach, expect, it } from 'vitest';
import { createEtsyConnector } from '../channels/etsy/connector.ts';
import { FakeShop } from '../testing/fake-shop.ts';
import { testEngine, type TestEngine } from '../testing/test-engine.ts';
import { addAccount } from './manage-accounts.ts';

let test: TestEngine;
beforeEach(async () => {
  test = await testEngine({ connectors: [new FakeShop(), createEtsyConnector()] });
});
afterEach(() => test.close());

const etsy = (name: string, user: string) =>
  addAccount(
    test.engine,
    {
      platform: 'etsy',
      name,
      baseUrl: 'https://api.etsy.com',
      credentials: { keystring: 'k', sharedSecret: 's', refreshToken: `${user}.secret` },
    },
    { actor: 'test' },
  );

it('takes several shops of a platform whose address they share, each once', async () => {
  await etsy('First', '100');
  await etsy('Second', '200');
  await expect(etsy('First again', '100')).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

it('takes a shop with an address of its own once', async () => {
  const add = () =>
    addAccount(
      test.engine,
      { platform: 'woocommerce', name: 'Shop', baseUrl: 'https://shop.example', credentials: {} },
      { actor: 'test' },
    );
  await add();
  await expect(add()).rejects.toMatchObject({ code: 'BAD_INPUT' });
});
