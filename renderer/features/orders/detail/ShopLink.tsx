import { Button } from '@mantine/core';
import { channelLinks } from '#shared/domain/channel-links.ts';
import type { AccountPlatform } from '#shared/domain/platforms.ts';
import { bridge } from '../../../lib/bridge.ts';
import { useEngineQuery } from '../../../lib/engine.tsx';
import { useText } from '../../../lib/text.ts';
import { notifyError } from '../../../ui/notify.tsx';

export interface ShopLinkProps {
  readonly order: {
    readonly accountId: string;
    readonly platform: AccountPlatform;
    readonly externalId: string;
  };
}

/** Opens the order where the shop itself shows it: there is what no API offers. */
export function ShopLink({ order }: ShopLinkProps) {
  const t = useText();
  const { data } = useEngineQuery('channels.list', {});
  const account = data?.accounts.find(({ accountId }) => accountId === order.accountId);
  const [link] = account ? channelLinks(order.platform, account.baseUrl, order.externalId) : [];
  if (!link) return null;
  return (
    <Button
      variant="subtle"
      title={link.onlyThere ? t('orders.inShop.onlyThere') : link.url}
      onClick={() => void bridge().openOutside(link.url).catch(notifyError)}
    >
      {t('orders.inShop')}
    </Button>
  );
}
