/** A day so many days from today as the program counts them, in Amsterdam: 2026-11-23. */
export const day = (ahead = 0) => new Date(Date.now() + ahead * 864e5).toLocaleDateString('sv-SE', { timeZone: 'Europe/Amsterdam' });
