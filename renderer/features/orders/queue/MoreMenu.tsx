import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { HOLD_REASONS, PRIORITIES } from '#shared/domain/order-marks.ts';
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
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item disabled={none}>{t('orders.hold')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {HOLD_REASONS.map((hold) => (
              <Menu.Item key={hold} onClick={() => actions.mark(ids, { hold })}>
                {t(`orders.hold.${hold}`)}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Item disabled={none} onClick={() => actions.mark(ids, { hold: null })}>
          {t('orders.release')}
        </Menu.Item>
        <Menu.Sub>
          <Menu.Sub.Target>
            <Menu.Sub.Item disabled={none}>{t('orders.priority')}</Menu.Sub.Item>
          </Menu.Sub.Target>
          <Menu.Sub.Dropdown>
            {PRIORITIES.toReversed().map((priority) => (
              <Menu.Item key={priority} onClick={() => actions.mark(ids, { priority })}>
                {t(`orders.priority.${priority === -1 ? 'low' : priority}`)}
              </Menu.Item>
            ))}
          </Menu.Sub.Dropdown>
        </Menu.Sub>
        <Menu.Item disabled={none} onClick={() => actions.tag(ids)}>
          {t('orders.tags')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => actions.rules(ids)}>{t('orders.rules')}</Menu.Item>
        <Menu.Item onClick={actions.returns}>{t('orders.returns')}</Menu.Item>
        <Menu.Item disabled={none} onClick={() => actions.labels(ids)}>
          {t('waves.labels', { count: ids.length })}
        </Menu.Item>
        <Menu.Item rightSection={<KeyHint keys={ORDER_KEYS.waves} />} onClick={actions.waves}>
          {t('waves.title')}
        </Menu.Item>
        <Menu.Item rightSection={<KeyHint keys={ORDER_KEYS.shipList} />} onClick={actions.shipList}>
          {t('orders.list.title')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
