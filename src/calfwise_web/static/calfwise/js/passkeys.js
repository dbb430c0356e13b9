// Shows what needs passkeys only where the browser has them, and says so when one did not come through.
if (window.PublicKeyCredential) {
  for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-needs-passkeys]"))) {
    part.hidden = false;
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault(); // or allauth writes it to the console
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-passkey-trouble]"))) {
    line.textContent = line.dataset.passkeyTrouble ?? "";
    line.hidden = false;
  }
});
