# One Dockerfile for all services: docker build --build-arg SERVICE=etl-service .
FROM maven:3-eclipse-temurin-25 AS build
ARG SERVICE=etl-service
WORKDIR /src
COPY . .
# The checks and tests belong to `./mvnw verify`; an image is made from what has passed them.
RUN mvn -B --no-transfer-progress -Dfast -Dmaven.test.skip=true -pl ${SERVICE} -am package \
 && java -Djarmode=tools -jar ${SERVICE}/target/${SERVICE}-*.jar extract --destination /app \
 && mv /app/${SERVICE}-*.jar /app/service.jar

FROM eclipse-temurin:25-jre
# A user of its own, with nothing: of the image it owns the empty folder for logs alone.
RUN groupadd --gid 10001 pulse && useradd --uid 10001 --gid 10001 --no-create-home --shell /usr/sbin/nologin pulse \
 && install -d -o pulse -g pulse -m 750 /var/log/pulse
COPY --from=build /app /app
USER 10001:10001
WORKDIR /app
# In a container the loopback address reaches nobody; what is published to whom is the host's decision.
# What a container prints is read by programs.
ENV SERVER_ADDRESS=0.0.0.0 \
    LOGGING_STRUCTURED_FORMAT_CONSOLE=ecs \
    SERVER_PORT=8000 \
    JAVA_TOOL_OPTIONS="-Xmx512m -XX:+ExitOnOutOfMemoryError"
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
  CMD curl --fail --silent --show-error http://127.0.0.1:${SERVER_PORT}/health/ready || exit 1
ENTRYPOINT ["java", "-jar", "/app/service.jar"]
