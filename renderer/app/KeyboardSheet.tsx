import { Modal } from '@mantine/core';
import { useActions } from '../lib/actions.ts';
import { useText } from '../lib/text.ts';
import { KeyHint } from '../ui/KeyHint.tsx';
import { byGroup } from './action-groups.ts';
import styles from './KeyboardSheet.module.css';

/** Every shortcut that works on this screen now. */
export function KeyboardSheet({
  opened,
  onClose,
}: {
  readonly opened: boolean;
  readonly onClose: () => void;
}) {
  const t = useText();
  const sets = useActions((state) => state.sets);
  const actions = [...sets.values()].flat().filter((action) => action.shortcut !== undefined);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('shell.keys')}
      size="xl"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <div className={styles['groups']}>
        {byGroup(actions).map(([group, members]) => (
          <section key={group} className={styles['group']}>
            <h3 className={styles['title']}>{group}</h3>
            <dl className={styles['list']}>
              {members.map(({ id, label, shortcut }) => (
                <div key={id} className={styles['row']}>
                  <dt>{label}</dt>
                  <dd className={styles['keys']}>{shortcut !== undefined && <KeyHint keys={shortcut} />}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
