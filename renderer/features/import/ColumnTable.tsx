import { Select, Table } from '@mantine/core';
import { ROW_TARGETS } from '#shared/domain/import-targets.ts';
import { LISTING_FIELD_NAMES } from '#shared/domain/listing-fields.ts';
import type { ImportPlan } from '#shared/contract/workspace.ts';
import { useText } from '../../lib/text.ts';
import { withColumn } from './import-flow.ts';
import styles from './import.module.css';
import { useFieldLabel } from './use-field-label.ts';

const TARGETS = [...LISTING_FIELD_NAMES, ...ROW_TARGETS];
const IGNORE = '-';

/** What each column of the file is read into; in a generic file every one can be changed. */
export function ColumnTable({
  columns,
  editable,
  onMap,
}: {
  readonly columns: ImportPlan['columns'];
  readonly editable: boolean;
  readonly onMap: (mapping: Record<string, string>) => void;
}) {
  const t = useText();
  const label = useFieldLabel();
  const data = [
    { value: IGNORE, label: t('import.columns.ignore') },
    ...TARGETS.map((value) => ({ value, label: label(value) })),
  ];
  return (
    <div className={styles['tableBox']}>
      <Table stickyHeader className={styles['columns']}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('import.columns.header')}</Table.Th>
            <Table.Th>{t('import.columns.target')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {columns.map(({ header, target }, index) => (
            <Table.Tr key={index} data-ignored={target === null || undefined}>
              <Table.Td>{header === '' ? t('import.columns.unnamed') : header}</Table.Td>
              <Table.Td>
                {editable && header !== '' ? (
                  <Select
                    aria-label={t('import.columns.of', { header })}
                    value={target ?? IGNORE}
                    data={data}
                    searchable
                    onChange={(value) =>
                      onMap(withColumn(columns, header, value === null || value === IGNORE ? '' : value))
                    }
                  />
                ) : target === null ? (
                  <span className="qs-muted">{t('import.columns.kept')}</span>
                ) : (
                  label(target)
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
