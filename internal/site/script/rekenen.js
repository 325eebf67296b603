// Puts a slider under each number of the calculator and shows the outcome anew while
// somebody slides. Without this script the fields and the button do the same.
(() => {
	const form = document.querySelector("form[data-rekenen]");
	if (!form) return;
	const number = (text) => Number(text.trim().replace(/\./g, "").replace(",", "."));
	let asked = 0;
	const refresh = async () => {
		const turn = ++asked;
		const address = form.action + "?" + new URLSearchParams(new FormData(form));
		try {
			const reply = await fetch(address);
			const page = new DOMParser().parseFromString(await reply.text(), "text/html");
			const fresh = page.getElementById("uitkomst");
			if (turn !== asked) return;
			if (!reply.ok || !fresh) {
				form.requestSubmit();
				return;
			}
			document.getElementById("uitkomst").replaceWith(document.adoptNode(fresh));
			history.replaceState(null, "", address);
		} catch {
			form.requestSubmit();
		}
	};
	for (const box of form.querySelectorAll("[data-for]")) {
		const field = document.getElementById(box.dataset.for);
		const slider = document.createElement("input");
		slider.type = "range";
		slider.min = box.dataset.min;
		slider.max = box.dataset.max;
		slider.step = box.dataset.step;
		slider.id = field.id + "-schuif";
		slider.setAttribute("aria-label", box.dataset.label + " Schuif om te kiezen.");
		const follow = () => {
			const n = number(field.value);
			if (!Number.isNaN(n)) slider.value = String(n);
			slider.setAttribute("aria-valuetext", field.value);
		};
		follow();
		field.addEventListener("input", follow);
		slider.addEventListener("input", () => {
			field.value = slider.value.replace(".", ",");
			slider.setAttribute("aria-valuetext", field.value);
		});
		slider.addEventListener("change", refresh);
		field.closest(".field").append(slider);
	}
})();
