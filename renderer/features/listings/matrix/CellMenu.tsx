import { Menu } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { CELL_LINKS, type CellLink } from '#shared/domain/master-fields.ts';
import type { GridPoint } from '../../../grid/contract.ts';
import { useText } from '../../../lib/text.ts';
import { KeyHint } from '../../../ui/KeyHint.tsx';
import { LINK_ICONS } from './LinkTools.tsx';
import { LINK_KEYS } from './use-links.ts';

/** What can be done with the cells under the pointer. */
export function CellMenu({
  point,
  onLink,
  onOpen,
  onClose,
}: {
  readonly point: GridPoint;
  readonly onLink: (kind: CellLink) => void;
  /** null where the cell is not one of a channel's listing. */
  readonly onOpen: (() => void) | null;
  readonly onClose: () => void;
}) {
  const t = useText();
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={230} returnFocus>
      <Menu.Target>
        <div style={{ position: 'fixed', left: point.x, top: point.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('listings.matrix.links')}</Menu.Label>
        {CELL_LINKS.map((kind) => {
          const Icon = LINK_ICONS[kind];
          return (
            <Menu.Item
              key={kind}
              leftSection={<Icon size={14} />}
              rightSection={<KeyHint keys={LINK_KEYS[kind]} />}
              onClick={() => onLink(kind)}
            >
              {t(`listings.matrix.${kind}`)}
            </Menu.Item>
          );
        })}
        {onOpen && (
          <>
            <Menu.Divider />
            <Menu.Item leftSection={<IconExternalLink size={14} />} onClick={onOpen}>
              {t('listings.matrix.open')}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
