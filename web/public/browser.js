/* ES5 on purpose: a browser too old for the product reads only this, and is told what is missing.
   biome-ignore-all lint: it speaks to browsers of long ago */
;(function () {
  // A script of the page that does not come: index.html has the words, in both languages.
  window.addEventListener(
    'error',
    function (event) {
      var stuck = document.getElementById('stuck')
      var root = document.querySelector('#root > .opening')
      if (event.target && event.target.tagName === 'SCRIPT' && stuck && root) stuck.hidden = false
    },
    true,
  )
  var needs = [
    ['ES modules', 'noModule' in document.createElement('script')],
    ['WebSocket', 'WebSocket' in window],
    ['WebRTC', 'RTCPeerConnection' in window],
    ['WebAssembly', 'WebAssembly' in window],
    ['Intl', 'Intl' in window],
    ['IndexedDB', 'indexedDB' in window],
    ['fetch', 'fetch' in window],
    ['Array.prototype.at', 'at' in Array.prototype],
  ]
  var missing = []
  for (var i = 0; i < needs.length; i += 1) if (!needs[i][1]) missing.push(needs[i][0])
  if (missing.length === 0) return
  document.addEventListener('DOMContentLoaded', function () {
    var box = document.createElement('div')
    box.setAttribute('role', 'alert')
    box.style.cssText = 'margin:48px auto;max-width:560px;padding:24px;font:16px/1.6 sans-serif'
    box.innerHTML =
      '<h1>浏览器版本过低</h1>' +
      '<p>请使用 Chrome / Edge 109、Firefox 115、Safari 16 或更新版本。缺少：' +
      missing.join('、') +
      '</p>' +
      '<h2 lang="en">This browser is too old</h2>' +
      '<p lang="en">Please use Chrome or Edge 109, Firefox 115, Safari 16 or newer. Missing: ' +
      missing.join(', ') +
      '</p>'
    document.body.insertBefore(box, document.body.firstChild)
  })
})()
