import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.ServerVersion;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.List;

/**
 * Runs mongo-java-server with its memory backend on a free loopback port. Prints the URL on standard output when it
 * listens, and ends when standard input does, so that it never outlives the test run that started it.
 */
public class Main {
    public static void main(String[] args) throws Exception {
        MongoBackend backend = new MemoryBackend().version(new Version());
        MongoServer server = new MongoServer(backend);
        server.bind("127.0.0.1", 0);
        System.out.println(server.getConnectionString() + "/");
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        server.shutdownNow();
    }

    /**
     * The newest that it knows, except for the number of the wire protocol: it says 8, that of MongoDB 4.2, and the driver
     * of mongoose talks to no server below 9. All that the driver decides by 9 is how it retries writes, for which it
     * needs sessions, and this server has none.
     */
    private static final class Version implements MongoVersion {
        @Override
        public List<Integer> getVersionArray() {
            return ServerVersion.MONGO_5_0.getVersionArray();
        }

        @Override
        public int getWireVersion() {
            return 9;
        }
    }
}
