import { Button, Menu } from '@mantine/core';
import { IconArrowsSplit, IconChevronDown, IconCornerDownRight, IconLinkOff } from '@tabler/icons-react';
import { CELL_LINKS, type CellLink } from '#shared/domain/master-fields.ts';
import { useText } from '../../../lib/text.ts';
import { PlatformMark } from '../../../ui/PlatformMark.tsx';
import type { ListingAccount } from '../listing-account.ts';
import styles from '../listings.module.css';

export const LINK_ICONS = { inherit: IconCornerDownRight, override: IconArrowsSplit, detached: IconLinkOff };

/** How the selected cells stand to their masters, and where masters come from. */
export function LinkTools({
  accounts,
  onLink,
  onAdopt,
}: {
  readonly accounts: readonly ListingAccount[];
  readonly onLink: (kind: CellLink) => void;
  readonly onAdopt: (account: ListingAccount) => void;
}) {
  const t = useText();
  return (
    <div className={styles['bulkTools']} role="toolbar" aria-label={t('listings.matrix.links')}>
      {CELL_LINKS.map((kind) => {
        const Icon = LINK_ICONS[kind];
        return (
          <Button
            key={kind}
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<Icon size={14} />}
            title={t(`listings.matrix.${kind}.title`)}
            onClick={() => onLink(kind)}
          >
            {t(`listings.matrix.${kind}`)}
          </Button>
        );
      })}
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-xs"
            rightSection={<IconChevronDown size={13} />}
            title={t('listings.matrix.adopt.hint')}
          >
            {t('listings.matrix.adopt')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('listings.matrix.adopt.from')}</Menu.Label>
          {accounts.map((account) => (
            <Menu.Item key={account.accountId} onClick={() => onAdopt(account)}>
              <PlatformMark platform={account.platform} name={account.name} />
            </Menu.Item>
          ))}
          <p className={styles['menuHint']}>{t('listings.matrix.adopt.hint')}</p>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
