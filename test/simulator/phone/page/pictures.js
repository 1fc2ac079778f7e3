/** A photo to send, drawn here: a blue lamp on a table. Base64 of a PNG. */
export function lampPhoto() {
	const canvas = document.createElement('canvas');
	[canvas.width, canvas.height] = [480, 320];
	const pen = canvas.getContext('2d');
	const sky = pen.createLinearGradient(0, 0, 0, 320);
	sky.addColorStop(0, '#f7e6c8');
	sky.addColorStop(1, '#e9c79a');
	pen.fillStyle = sky;
	pen.fillRect(0, 0, 480, 320);
	pen.fillStyle = '#8a5a3b';
	pen.fillRect(0, 250, 480, 70);
	pen.fillStyle = 'rgba(255, 250, 220, 0.65)';
	shape(pen, [165, 150, 315, 150, 390, 250, 90, 250]);
	pen.fillStyle = '#27527d';
	pen.fillRect(234, 140, 12, 105);
	pen.fillRect(195, 240, 90, 14);
	pen.fillStyle = '#2f6fa8';
	shape(pen, [200, 60, 280, 60, 325, 150, 155, 150]);
	return canvas.toDataURL('image/png').split(',')[1];
}

function shape(pen, [x, y, ...rest]) {
	pen.beginPath();
	pen.moveTo(x, y);
	for (let i = 0; i < rest.length; i += 2) pen.lineTo(rest[i], rest[i + 1]);
	pen.fill();
}

/** A file that a person chose, as base64. */
export async function base64Of(file) {
	const url = await new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result);
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(file);
	});
	return url.slice(url.indexOf(',') + 1);
}
