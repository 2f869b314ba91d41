import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Prints what a topic holds, with Kafka's own client: for each record partition, offset, the partition that this client would have
 * chosen for the key, key, value and headers, separated by tabs.
 */
class TopicReader {
  public static void main(String[] args) {
    var settings = Map.<String, Object>of("bootstrap.servers", args[0], "enable.auto.commit", false, "isolation.level", "read_committed");
    try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions = consumer.partitionsFor(args[1]).stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var record : consumer.poll(Duration.ofSeconds(1))) {
          var own = record.key() == null ? -1 : Utils.toPositive(Utils.murmur2(record.key().getBytes(StandardCharsets.UTF_8))) % partitions.size();
          var line = new StringBuilder(String.join("\t", "" + record.partition(), "" + record.offset(), "" + own, "" + record.key(), record.value()));
          for (var header : record.headers()) line.append('\t').append(header.key()).append('=').append(new String(header.value(), StandardCharsets.UTF_8));
          System.out.println(line);
        }
      }
    }
  }
}
