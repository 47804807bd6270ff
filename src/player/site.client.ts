import { GwPlayer } from './gw-player.client.ts'

customElements.define('gw-player', GwPlayer)
