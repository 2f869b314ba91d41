import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Prints a topic from its beginning and goes on with what comes, until it is killed: for each record partition, key and value, with
 * tabs between them. It is Kafka's own client, and waits by itself for a broker that is away.
 */
class TopicFollower {
  public static void main(String[] args) {
    var settings = Map.<String, Object>of("bootstrap.servers", args[0], "enable.auto.commit", false, "isolation.level", "read_committed");
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      // The broker makes the topic when it is first asked for, which takes a moment.
      List<TopicPartition> partitions = List.of();
      while (partitions.isEmpty()) {
        partitions = consumer.partitionsFor(args[1]).stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
      }
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      System.out.println("following");
      while (true) {
        var lines = new StringBuilder();
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          lines.append(record.partition()).append('\t').append(record.key()).append('\t').append(record.value()).append('\n');
        }
        System.out.print(lines);
      }
    }
  }
}
