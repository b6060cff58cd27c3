import { Button } from '@mantine/core';
import { IconArrowBackUp, IconCalculator, IconEraser, IconReplace, IconWriting } from '@tabler/icons-react';
import { useText } from '../../lib/text.ts';
import type { BulkOp, BulkTarget } from './bulk-edits.ts';
import styles from './listings.module.css';

const ICONS = { set: IconWriting, expression: IconCalculator, replace: IconReplace, clear: IconEraser };

export interface BulkToolsProps {
  readonly target: BulkTarget;
  readonly reverting: boolean;
  readonly onOpen: (op: BulkOp) => void;
  readonly onRevert: () => void;
}

/** What can be done to all selected rows at once; each opens with a preview. */
export function BulkTools({ target, reverting, onOpen, onRevert }: BulkToolsProps) {
  const t = useText();
  return (
    <div className={styles['bulkTools']} role="toolbar" aria-label={t('listings.bulk.title')}>
      {(['set', 'expression', 'replace', 'clear'] as const).map((op) => {
        const Icon = ICONS[op];
        return (
          <Button
            key={op}
            variant="subtle"
            color="gray"
            size="compact-xs"
            leftSection={<Icon size={14} />}
            aria-label={t(`listings.bulk.op.${op}`)}
            title={t(`listings.bulk.${op}.title`)}
            onClick={() => onOpen(op)}
          >
            {t(`listings.bulk.op.${op}`)}
          </Button>
        );
      })}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconArrowBackUp size={14} />}
        aria-label={t('listings.revert')}
        title={t('listings.revert.title')}
        loading={reverting}
        disabled={target.rows === 0}
        onClick={onRevert}
      >
        {t('listings.revert')}
      </Button>
    </div>
  );
}
