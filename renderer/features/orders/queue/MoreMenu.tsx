import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useText } from '../../../lib/text.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import type { OrderActions } from '../use-order-actions.ts';
import { ORDER_KEYS } from '../use-order-offers.ts';

/** What is done less often than picking and packing. */
export function MoreMenu({
  ids,
  actions,
}: {
  readonly ids: readonly string[];
  readonly actions: OrderActions;
}) {
  const t = useText();
  const none = ids.length === 0;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" rightSection={<IconChevronDown size={14} />}>
          {t('orders.more')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={none}
          rightSection={<KeyHint keys={ORDER_KEYS.ship} />}
          onClick={() => actions.ship(ids)}
        >
          {t('orders.do.ship')}
        </Menu.Item>
        <Menu.Item
          disabled={none}
          rightSection={<KeyHint keys={ORDER_KEYS.pickList} />}
          onClick={() => actions.pickList(ids)}
        >
          {t('orders.document.pick-list')}
        </Menu.Item>
        <Menu.Item
          disabled={none}
          rightSection={<KeyHint keys={ORDER_KEYS.packingSlip} />}
          onClick={() => actions.packingSlip(ids)}
        >
          {t('orders.document.packing-slip')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item rightSection={<KeyHint keys={ORDER_KEYS.shipList} />} onClick={actions.shipList}>
          {t('orders.list.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
