import { type DynamicModule, Inject, Module } from '@nestjs/common';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayConnection,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
} from '@nestjs/websockets';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { LiveSocketServer } from './live-socket-server.js';

/** Token of the `LiveSocketServer` that the gateway serves. */
export const LIVE_SOCKET_SERVER = Symbol('LiveSocketServer');

/** The WebSocket API as a gateway; what it does is in `LiveSocketServer`. */
@WebSocketGateway()
export class LiveGateway implements OnGatewayConnection<WebSocket>, OnGatewayDisconnect<WebSocket> {
  readonly #server: LiveSocketServer;

  constructor(@Inject(LIVE_SOCKET_SERVER) server: LiveSocketServer) {
    this.#server = server;
  }

  handleConnection(socket: WebSocket, request: IncomingMessage): void {
    this.#server.opened(socket, request);
  }

  handleDisconnect(socket: WebSocket): void {
    this.#server.closed(socket);
  }

  @SubscribeMessage('frame')
  frame(@ConnectedSocket() socket: WebSocket, @MessageBody() text: string): void {
    this.#server.received(socket, text);
  }
}

@Module({})
// Nest wants a class for a module, and this one has nothing but its metadata.
export class LiveModule {
  static for(server: LiveSocketServer): DynamicModule {
    return { module: LiveModule, providers: [{ provide: LIVE_SOCKET_SERVER, useValue: server }, LiveGateway] };
  }
}
