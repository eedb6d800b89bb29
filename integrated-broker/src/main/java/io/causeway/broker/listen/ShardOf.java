package io.causeway.broker.listen;

import io.causeway.broker.session.MqttShard;
import io.netty.channel.EventLoop;

/**
 * Who owns a client id.
 *
 * @param loop of the shard
 */
public record ShardOf(EventLoop loop, MqttShard shard) {}
