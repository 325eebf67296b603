// Runs on the door of the workspace and where somebody adds a passkey. It asks our
// server what to ask the browser, hands the browser's answer to a form of the page,
// and sends that. Without it the form stays hidden and a password does.
(() => {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const keys = (list) => (list ?? []).map((k) => ({ ...k, id: bytes(k.id) }));

  const create = async (o) => {
    const key = await navigator.credentials.create({
      publicKey: { ...o, challenge: bytes(o.challenge), user: { ...o.user, id: bytes(o.user.id) }, excludeCredentials: keys(o.excludeCredentials) },
    });
    const { clientDataJSON, attestationObject } = key.response;
    return answer(key, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject), transports: key.response.getTransports?.() ?? [] });
  };
  const get = async (o) => {
    const key = await navigator.credentials.get({ publicKey: { ...o, challenge: bytes(o.challenge), allowCredentials: keys(o.allowCredentials) } });
    const { clientDataJSON, authenticatorData, signature, userHandle } = key.response;
    return answer(key, {
      clientDataJSON: text(clientDataJSON), authenticatorData: text(authenticatorData), signature: text(signature), userHandle: userHandle ? text(userHandle) : '',
    });
  };
  const answer = (key, response) => JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {}, response });

  // run returns what to tell, or nothing once the form was sent.
  const run = async (form) => {
    const asked = await fetch(form.dataset.ask, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (!asked.headers.get('Content-Type')?.startsWith('application/json')) return form.dataset.away;
    const { options, problem } = await asked.json();
    if (problem) return problem;
    form.elements.antwoord.value = await (form.dataset.passkey === 'create' ? create : get)(options);
    form.submit();
    return '';
  };
  const why = (form, e) => ({ NotAllowedError: form.dataset.left, InvalidStateError: form.dataset.known })[e.name] ?? form.dataset.away;

  const ready = (form) => {
    const button = form.querySelector('button');
    const told = form.querySelector('[data-told]');
    form.addEventListener('submit', async (e) => {
      e.preventDefault();
      if (button.getAttribute('aria-disabled') === 'true') return;
      button.setAttribute('aria-disabled', 'true');
      told.textContent = '';
      told.textContent = await run(form).catch((e) => why(form, e));
      button.removeAttribute('aria-disabled');
    });
  };

  for (const part of document.querySelectorAll('[data-passkeys]')) {
    const form = part.querySelector('form');
    const can = window.PublicKeyCredential !== undefined && location.origin === part.dataset.passkeys;
    part.querySelectorAll('[data-without]').forEach((p) => { p.hidden = true; });
    part.querySelectorAll('[data-elsewhere]').forEach((p) => { p.hidden = can || window.PublicKeyCredential === undefined && window.isSecureContext; });
    part.querySelectorAll('[data-old]').forEach((p) => { p.hidden = window.PublicKeyCredential !== undefined || !window.isSecureContext; });
    if (can) {
      form.hidden = false;
      ready(form);
    }
  }
})();
