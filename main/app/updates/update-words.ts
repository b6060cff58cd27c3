export interface UpdateWords {
  readonly question: string;
  readonly detail: string;
  readonly now: string;
  readonly later: string;
}

/** The question about a fetched update in the language of the program. */
export function updateWords(locale: string, version: string): UpdateWords {
  if (locale.startsWith('de')) {
    return {
      question: `Quayside ${version} ist bereit. Jetzt neu starten und aktualisieren?`,
      detail:
        'Gerade ist nichts unterwegs zu einem Shop. Vor einer Änderung der Datenbank wird eine Sicherung gemacht.',
      now: 'Neu starten und aktualisieren',
      later: 'Später',
    };
  }
  return {
    question: `Quayside ${version} is ready. Restart and update now?`,
    detail: 'Nothing is on its way to a shop. A backup is made before the database is changed.',
    now: 'Restart and update',
    later: 'Later',
  };
}
