/** Posts a form as a page of its own origin would, without following the redirect. */
export function post(url, fields) {
  const headers = { origin: new URL(url).origin, 'sec-fetch-site': 'same-origin' };
  return fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields), headers });
}
